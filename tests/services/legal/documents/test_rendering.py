"""Markdown to HTML: what is shown is safe and well structured, whatever is written."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.legal.documents.rendering import ATTRIBUTES, TAGS, render_markdown

OPENING = re.compile(r"<(\w+)((?:\s+[\w-]+=\"[^\"<>]*\")*)\s*/?>")
ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    '<a href="javascript:alert(1)" onclick="x">x</a>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](<java script:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](http://plain.example)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    "[x](\\\\evil.example)",
    "<javascript:alert(1)>",
    '[x](https://a.example "t\\" onmouseover=\\"alert(1)")',
    '[x](https://a.example/"onmouseover="alert(1))',
    "![x](https://a.example/pixel.png)",
    "![x](javascript:alert(1))",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "## <script>alert(1)</script>",
    '## x" onclick="alert(1)',
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "```\n</code></pre><script>alert(1)</script>\n```",
    "```html onclick=x\n```",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<style>*{display:none}</style>",
    '<iframe srcdoc="x"></iframe><form action="https://evil.example"><base href="//evil">',
    "> " * 500 + "x",
    "[" * 2000,
    "*" * 5000,
]


# what Markdown, HTML and addresses are made of, put together in any way
PIECES = st.sampled_from(
    [
        *(
            "<",
            ">",
            '"',
            "'",
            "&",
            "#",
            "\\",
            "`",
            "*",
            "_",
            "[",
            "]",
            "(",
            ")",
            "!",
            "|",
            ":",
            "\n",
        ),
        *(
            "\n\n",
            " ",
            "    ",
            "> ",
            "- ",
            "## ",
            "</",
            "/>",
            "<!--",
            "-->",
            "&#106;",
            "&colon;",
            "\t",
        ),
        *(
            "script",
            "img",
            "svg",
            "iframe",
            "style",
            "a",
            "x",
            "onerror=",
            "onclick=",
            "src=",
            "href=",
        ),
        *(
            "javascript:",
            "JaVaScRiPt:",
            "data:text/html,",
            "vbscript:",
            "http://",
            "https://",
            "//",
        ),
        *(
            "mailto:",
            "tel:",
            "/cookies",
            "alert(1)",
            "evil.example",
            "[r]: ",
            "| a |\n|---|\n",
            "\u2028",
        ),
    ]
)


@pytest.mark.promise("SEC-01", "LEG-03")
@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=400, deadline=None)
def test_whatever_is_written_nothing_acts(markdown: str) -> None:
    assert_nothing_acts(markdown)


@pytest.mark.promise("SEC-01")
@pytest.mark.parametrize("markdown", HOSTILE)
def test_it_shows_nothing_that_acts(markdown: str) -> None:
    assert_nothing_acts(markdown)


def assert_nothing_acts(markdown: str) -> None:
    html = render_markdown(markdown)
    rest = OPENING.sub("", re.sub(r"</\w+>", "", html))
    assert "<" not in rest
    for tag, attributes in OPENING.findall(html):
        assert tag in TAGS
        for name, value in ATTRIBUTE.findall(attributes):
            assert name in ATTRIBUTES[tag]
            if name == "href":
                assert re.match(r"(https://|mailto:|tel:|#|/(?![/\\])|[\w.-]+(/|#|$))", value)


def test_it_keeps_the_links_that_a_text_needs() -> None:
    for address in (
        "https://www.cnil.fr/fr/plaintes?x=1&y=2#z",
        "mailto:dpo@parvis.example",
        "tel:+33466025555",
        "/cookies",
        "/cookies/versions/1",
        "#section-objet",
        "cookies",
    ):
        expected = f'<a href="{address.replace("&", "&amp;")}">x</a>'
        assert render_markdown(f"[x]({address})") == f"<p>{expected}</p>"


def test_headings_begin_at_the_second_level_and_skip_none() -> None:
    html = render_markdown("# A\n\n#### B\n\n## C\n\n###### D\n\n# E")
    assert re.findall(r"<(h\d)", html) == ["h2", "h3", "h3", "h4", "h2"]
    assert re.findall(r"<(h\d)", render_markdown("### A\n\n#### B")) == ["h2", "h3"]


def test_an_id_comes_from_the_words_of_its_heading_alone() -> None:
    text = "## Durée *de conservation* d’`un` dossier\n"
    wanted = 'id="section-duree-de-conservation-dun-dossier"'
    assert wanted in render_markdown(text)
    assert wanted in render_markdown(f"## Objet\n\nAjouté.\n\n{text}")
    ids = re.findall(r'id="([^"]+)"', render_markdown("## Objet\n\n## Objet\n\n## ?\n\n## !"))
    assert ids == ["section-objet", "section-objet-2", "section-1", "section-1-2"]


def test_the_cells_that_head_a_column_say_so() -> None:
    html = render_markdown("| Cookie | Durée |\n|:--|--:|\n| session | 8 h |")
    assert html.count('<th scope="col">') == 2
    assert "style" not in html
