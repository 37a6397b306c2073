"""gateway.i18n: the language of a visit; dates, money and sizes as people write them."""

from zoneinfo import ZoneInfo

import pytest

from gateway.i18n import choose_language, date_long, datetime_long, file_size, money

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("asked", "kept", "accepted", "chosen"),
    [
        ("", "", "", ("fr", False)),
        ("", "", "en-US,en;q=0.9", ("en", False)),
        ("", "", "de;q=0.9, fr-CA;q=0.8", ("fr", False)),
        ("", "", "xx,,;;q=,%%", ("fr", False)),
        ("", "fr", "en", ("fr", False)),
        ("en", "fr", "fr", ("en", True)),
        ("en", "en", "fr", ("en", False)),
        ("de", "", "en", ("en", False)),
        ("../en", "<script>", "", ("fr", False)),
    ],
)
def test_the_address_then_the_cookie_then_the_browser_choose(
    asked: str, kept: str, accepted: str, chosen: tuple[str, bool]
) -> None:
    assert choose_language(asked, kept, accepted) == chosen


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        ("2026-04-12", "fr", "12 avril 2026"),
        ("2026-05-01", "fr", "1er mai 2026"),
        ("2026-05-01", "en", "1 May 2026"),
        ("2026-12-31T23:30:00+00:00", "fr", "1er janvier 2027"),
    ],
)
def test_a_day_is_that_of_the_authority(value: str, language: str, text: str) -> None:
    assert date_long(value, language, PARIS).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        ("2026-04-12T12:05:00+00:00", "fr", "12 avril 2026 à 14 h 05"),
        ("2026-11-24T08:05:00+00:00", "fr", "24 novembre 2026 à 9 h 05"),
        ("2026-04-12T12:05:00+00:00", "en", "12 April 2026 at 14:05"),
    ],
)
def test_an_instant_is_told_by_the_authority_s_clocks(value: str, language: str, text: str) -> None:
    assert datetime_long(value, language, PARIS).replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("cents", "language", "text"),
    [(1250, "fr", "12,50 €"), (1250, "en", "€12.50"), (123_456_789, "fr", "1 234 567,89 €")],
)
def test_money_is_written_as_in_the_country(cents: int, language: str, text: str) -> None:
    plain = money(cents, language).replace("\u00a0", " ").replace("\u202f", " ")
    assert plain == text


@pytest.mark.parametrize(
    ("size", "language", "text"),
    [
        (1, "fr", "0,1 ko"),
        (812_345, "fr", "812 ko"),
        (1_234_567, "fr", "1,2 Mo"),
        (24_000_000, "en", "24 MB"),
    ],
)
def test_a_size_is_one_that_people_read(size: int, language: str, text: str) -> None:
    assert file_size(size, language).replace("\u00a0", " ") == text
