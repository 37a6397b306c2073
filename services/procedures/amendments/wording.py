"""Each kind of change in words: what changed, and what becomes of the answer."""

from collections.abc import Mapping

from authority.text import Text
from services.procedures.amendments.model import Change, ChangeKind

WORDS: Mapping[ChangeKind, Text] = {
    ChangeKind.PAGE_ADDED: Text("Nouvelle étape.", "New step."),
    ChangeKind.PAGE_REMOVED: Text("Étape supprimée.", "Step taken away."),
    ChangeKind.PAGE_CONDITION: Text(
        "Cette étape est demandée dans d’autres cas qu’avant.",
        "This step is asked in other cases than before.",
    ),
    ChangeKind.FIELD_ADDED: Text("Nouvelle question.", "New question."),
    ChangeKind.FIELD_REMOVED: Text(
        "Cette question n’est plus posée.", "This question is no longer asked."
    ),
    ChangeKind.FIELD_MOVED: Text(
        "Cette question passe de l’étape « {before} » à l’étape « {after} ».",
        "This question goes from the step “{before}” to the step “{after}”.",
    ),
    ChangeKind.FIELD_RENAMED: Text(
        "La question « {before} » est maintenant posée ainsi : « {after} ».",
        "The question “{before}” is now asked like this: “{after}”.",
    ),
    ChangeKind.FIELD_EXPLAINED: Text(
        "L’explication donnée a changé.", "The explanation given has changed."
    ),
    ChangeKind.TYPE_CHANGED: Text(
        "La réponse est attendue sous une autre forme.", "The answer is expected in another form."
    ),
    ChangeKind.NOW_REQUIRED: Text(
        "La réponse devient obligatoire.", "The answer becomes required."
    ),
    ChangeKind.NO_LONGER_REQUIRED: Text(
        "La réponse devient facultative.", "The answer becomes optional."
    ),
    ChangeKind.CHOICES_ADDED: Text("Nouveaux choix : {after}.", "New choices: {after}."),
    ChangeKind.CHOICES_REMOVED: Text(
        "Choix qui ne sont plus proposés : {before}.", "Choices no longer offered: {before}."
    ),
    ChangeKind.CHOICES_REWORDED: Text(
        "Choix présentés autrement : {after}.", "Choices put in another way: {after}."
    ),
    ChangeKind.LIMITS_CHANGED: Text(
        "Les limites de la réponse ont changé.", "The limits of the answer have changed."
    ),
    ChangeKind.CONDITION_CHANGED: Text(
        "Cette question est posée, ou obligatoire, dans d’autres cas qu’avant.",
        "This question is asked, or required, in other cases than before.",
    ),
    ChangeKind.CALCULATION_CHANGED: Text(
        "Ce montant ou ce résultat est calculé autrement.",
        "This amount or result is worked out in another way.",
    ),
    ChangeKind.DOCUMENT_ADDED: Text("Nouveau document à joindre.", "New document to attach."),
    ChangeKind.DOCUMENT_REMOVED: Text(
        "Ce document n’est plus demandé : le fichier joint sera supprimé.",
        "This document is no longer asked for: the file attached will be deleted.",
    ),
    ChangeKind.DOCUMENT_NOW_REQUIRED: Text(
        "Ce document devient obligatoire.", "This document becomes required."
    ),
    ChangeKind.DOCUMENT_NO_LONGER_REQUIRED: Text(
        "Ce document devient facultatif.", "This document becomes optional."
    ),
    ChangeKind.DOCUMENT_LIMITS: Text(
        "Les types ou la taille acceptés pour ce document ont changé ; "
        "un fichier déjà joint est gardé.",
        "The types or size taken for this document have changed; a file already attached is kept.",
    ),
    ChangeKind.FEE_CHANGED: Text(
        "{before} auparavant, {after} maintenant.", "{before}, now {after}."
    ),
    ChangeKind.COST_CHANGED: Text(
        "Auparavant : {before}. Maintenant : {after}.", "Before: {before}. Now: {after}."
    ),
    ChangeKind.DELAY_CHANGED: Text("Il a changé.", "It has changed."),
    ChangeKind.SILENCE_CHANGED: Text("La règle a changé.", "The rule has changed."),
    ChangeKind.NOTICE_CHANGED: Text(
        "Ce qui est dit de leur usage a changé.", "What is said of their use has changed."
    ),
}
ERASED = Text("Votre réponse sera effacée.", "Your answer will be erased.")
KEPT = Text("Votre réponse est gardée.", "Your answer is kept.")
TO_GIVE = Text("Il faudra y répondre.", "It will have to be answered.")
CHECK = Text("Votre réponse est gardée : relisez-la.", "Your answer is kept: read it again.")
TO_CHECK = frozenset(
    {
        ChangeKind.TYPE_CHANGED,
        ChangeKind.FIELD_RENAMED,
        ChangeKind.CHOICES_REMOVED,
        ChangeKind.CHOICES_REWORDED,
        ChangeKind.LIMITS_CHANGED,
        ChangeKind.CONDITION_CHANGED,
    }
)


def told(change: Change, language: str) -> str:
    """Return what changed, as a sentence."""
    return (
        WORDS[change.kind]
        .in_language(language)
        .format(before=_joined(change.before, language), after=_joined(change.after, language))
    )


def consequence(change: Change, *, answered: bool, required: bool, language: str) -> str | None:
    """Return what becomes of the answer; `required` is what the new version asks."""
    if change.field is None:
        return None
    if change.kind is ChangeKind.FIELD_REMOVED:
        return ERASED.in_language(language) if answered else None
    if not answered:
        asked = change.kind in (ChangeKind.FIELD_ADDED, ChangeKind.NOW_REQUIRED)
        return TO_GIVE.in_language(language) if asked and required else None
    return (CHECK if change.kind in TO_CHECK else KEPT).in_language(language)


def _joined(texts: tuple[Text, ...], language: str) -> str:
    return ", ".join(text.in_language(language) for text in texts)
