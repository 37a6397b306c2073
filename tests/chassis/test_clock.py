"""chassis.clock"""

from chassis.clock import IdSource, jitter


def test_it_makes_ids_that_sort_by_time_and_say_their_version() -> None:
    ids = IdSource()
    made = [ids.new_id() for _ in range(200)]
    assert all(one.version == 7 for one in made)
    assert all(one.variant == "specified in RFC 4122" for one in made)
    assert len(set(made)) == 200
    milliseconds = [one.int >> 80 for one in made]
    assert milliseconds == sorted(milliseconds)


def test_it_makes_secrets_of_256_bits() -> None:
    assert len(IdSource().new_secret()) == 43


def test_its_jitter_stays_between_half_and_whole() -> None:
    assert all(1 <= jitter(2) <= 2 for _ in range(100))
