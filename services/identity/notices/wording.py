"""The sentences of the mails to the holders of accounts, in both languages."""

from collections.abc import Mapping

from authority.text import Text
from services.identity.notices.model import Kind

GREETING = Text(fr="Bonjour,", en="Hello,")
SIGNATURE = Text(
    fr="{authority}\n{portal}\n\nCe message est automatique : n’y répondez pas.",
    en="{authority}\n{portal}\n\nThis message is automatic: please do not reply.",
)
NOT_ME = Text(
    fr="Ce n’est pas vous ? Gelez le compte tout de suite, sans vous connecter :\n{not_me}",
    en="Was this not you? Freeze the account at once, without signing in:\n{not_me}",
)

SUBJECTS: Mapping[Kind, Text] = {
    Kind.CONFIRM_EMAIL: Text(fr="Confirmez votre adresse", en="Confirm your address"),
    Kind.RECOVER_PASSWORD: Text(fr="Choisir un nouveau mot de passe", en="Choose a new password"),
    Kind.RECOVER_IDENTIFIER: Text(fr="Votre identifiant", en="Your identifier"),
    Kind.PASSWORD_CHANGED: Text(
        fr="Votre mot de passe a changé", en="Your password has been changed"
    ),
    Kind.EMAIL_FORMER: Text(
        fr="Confirmez le changement d’adresse", en="Confirm the change of address"
    ),
    Kind.EMAIL_NEW: Text(fr="Confirmez votre nouvelle adresse", en="Confirm your new address"),
    Kind.EMAIL_CHANGED: Text(
        fr="L’adresse de votre compte a changé", en="The address of your account has been changed"
    ),
    Kind.FACTOR_ADDED: Text(fr="Double vérification activée", en="Second step turned on"),
    Kind.FACTOR_REMOVED: Text(fr="Double vérification retirée", en="Second step removed"),
    Kind.LINK_ADDED: Text(
        fr="Une identité est liée à votre compte", en="An identity is linked to your account"
    ),
    Kind.LINK_REMOVED: Text(
        fr="Une identité n’est plus liée à votre compte",
        en="An identity is no longer linked to your account",
    ),
    Kind.FROZEN: Text(fr="Votre compte est gelé", en="Your account is frozen"),
    Kind.FROZEN_STAFF: Text(
        fr="Usage non autorisé signalé : compte gelé",
        en="Unauthorised use reported: account frozen",
    ),
    Kind.RECOVERED: Text(fr="Votre compte est rouvert", en="Your account is open again"),
    Kind.SUSPENDED: Text(fr="Votre compte est suspendu", en="Your account is suspended"),
    Kind.TERMINATED: Text(fr="Votre compte est résilié", en="Your account is terminated"),
    Kind.REINSTATED: Text(fr="Votre compte est rétabli", en="Your account is reinstated"),
    Kind.INACTIVE: Text(
        fr="Votre compte sera bientôt effacé", en="Your account will soon be erased"
    ),
    Kind.ERASURE_PLANNED: Text(
        fr="L’effacement de votre compte est prévu", en="The erasure of your account is planned"
    ),
    Kind.ERASED: Text(fr="Votre compte est effacé", en="Your account is erased"),
    Kind.COPY_READY: Text(fr="La copie de vos données est prête", en="Your copy is ready"),
    Kind.RIGHT_RECORDED: Text(fr="Votre demande est enregistrée", en="Your request is recorded"),
    Kind.RIGHT_ANSWERED: Text(
        fr="Réponse à votre demande sur vos données", en="Answer about your data"
    ),
}
