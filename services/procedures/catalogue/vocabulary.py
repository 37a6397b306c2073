"""The vocabulary file: themes, audiences, and words that mean the same in a search."""

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import fields, post_load, validate

from services.procedures.catalogue.model import Term, Vocabulary
from services.procedures.forms.schemas import Part, bilingual, slug

VOCABULARY_FILE = "_vocabulary.yaml"
AT_LEAST_ONE = validate.Length(min=1)


class TermPart(Part):
    """A theme or an audience."""

    makes = Term
    id = slug()
    label = bilingual()


class SynonymsPart(Part):
    """Groups of words or phrases, by language."""

    makes: ClassVar[type] = dict
    fr = fields.List(fields.List(fields.String(), validate=validate.Length(min=2)), required=True)
    en = fields.List(fields.List(fields.String(), validate=validate.Length(min=2)), required=True)


class VocabularyPart(Part):
    """The whole file."""

    themes = fields.List(fields.Nested(TermPart), required=True, validate=AT_LEAST_ONE)
    audiences = fields.List(fields.Nested(TermPart), required=True, validate=AT_LEAST_ONE)
    synonyms = fields.Nested(SynonymsPart, required=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> Vocabulary:
        """Build the vocabulary."""
        synonyms = data["synonyms"]
        return Vocabulary(
            themes=tuple(data["themes"]),
            audiences=tuple(data["audiences"]),
            synonyms_fr=tuple(tuple(group) for group in synonyms["fr"]),
            synonyms_en=tuple(tuple(group) for group in synonyms["en"]),
        )


def load_vocabulary(document: Mapping[str, Any]) -> Vocabulary:
    """Build a vocabulary from plain JSON data; marshmallow's ValidationError says every fault."""
    loaded: Vocabulary = VocabularyPart().load(dict(document))
    return loaded
