"""How a text is typeset in French and in English: each rule with what is told when it is broken."""

import re
from collections.abc import Iterator

Rules = tuple[tuple[re.Pattern[str], str], ...]

FRENCH: Rules = (
    (re.compile(r"\w'\w"), "a straight apostrophe: write ’ (U+2019)"),
    (re.compile(r'"'), "straight quotation marks: write « » with no-break spaces inside"),
    (
        re.compile(r"[ \t\r\n][;:!?»]|«(?!\u00a0)|(?<!\u00a0)»"),
        "a no-break space (U+00A0) goes before ; : ! ? and inside « »",
    ),
    (
        re.compile(r"[\w)’…][;!?](?=\s|$)|[\w)’…]:(?=\s|$)"),
        "a no-break space (U+00A0) goes before ; : ! ?",
    ),
    (re.compile(r"\u202f"), "a narrow no-break space: the portal uses U+00A0 everywhere"),
    (re.compile(r"\d (?:%|€|h\b|min\b|Mo\b|ko\b)"), "a no-break space goes before a unit"),
    (re.compile(r"\.\.\."), "three full stops: write … (U+2026)"),
    (re.compile(r"  |^\s|\s$"), "a space too many"),
)
ENGLISH: Rules = (
    (re.compile(r"\w'\w"), "a straight apostrophe: write ’ (U+2019)"),
    (re.compile(r'"|[«»]'), "English quotation marks are “ ”"),
    (re.compile(r"\s[;:!?](?=\s|$)"), "no space goes before ; : ! ? in English"),
    (re.compile(r"\.\.\."), "three full stops: write … (U+2026)"),
    (re.compile(r"  |^\s|\s$"), "a space too many"),
)


def faults_of(text: str, rules: Rules) -> Iterator[str]:
    """Yield what is wrong with a text, one line for each rule that it breaks."""
    for pattern, told in rules:
        if pattern.search(text):
            yield told
