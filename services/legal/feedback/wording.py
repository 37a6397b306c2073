"""The two mails of a message. The sender's own words never go back to the address given:

whoever types somebody else's address must not be able to write to that person through us.
"""

from babel.dates import format_datetime

from authority.profile import AuthorityProfile
from authority.text import Text
from chassis.mailer import Mail
from services.legal.feedback.model import Feedback, StoredFeedback

SUBJECT = "[Portail] {subject}"
NOT_GIVEN = "non indiqué"
TO_WEBMASTER = """\
Un message a été envoyé depuis le formulaire de contact du portail.

Reçu le : {received}
Référence : {reference}
Nom : {name}
Adresse électronique : {email}
Page concernée : {page}
Langue : {language}

Objet : {subject}

{message}

--
Ce message est effacé du portail {days} jours après sa réception.
"""
ACKNOWLEDGED = Text(
    fr="Votre message au sujet du portail est bien arrivé",
    en="Your message about the portal has arrived",
)
ACKNOWLEDGEMENT = Text(
    fr="""\
Bonjour,

Votre message au sujet du portail des démarches en ligne de {authority} est bien arrivé
le {received}. Il est transmis au webmestre, qui vous répondra s’il y a lieu.

Référence à rappeler : {reference}

Pour compléter votre message : {webmaster_email}
Par courrier : {webmaster_post}
Par téléphone : {telephone}

Ce message ne remplace pas une démarche : il ne fait courir aucun délai.
Si vous n’avez rien envoyé, quelqu’un a sans doute indiqué votre adresse par erreur : vous
n’avez rien à faire.

{authority}
""",
    en="""\
Hello,

Your message about the online procedures portal of {authority} arrived
on {received}. It is passed on to the webmaster, who will answer you where appropriate.

Reference to quote: {reference}

To add to your message: {webmaster_email}
By post: {webmaster_post}
By telephone: {telephone}

This message does not replace a procedure: no time limit runs from it.
If you did not send anything, somebody probably gave your address by mistake: there is nothing
for you to do.

{authority}
""",
)


def webmaster_mail(stored: StoredFeedback, feedback: Feedback, profile: AuthorityProfile) -> Mail:
    """Return the mail that carries the message; answering it answers the sender."""
    text = TO_WEBMASTER.format(
        received=_received(stored, profile, "fr"),
        reference=stored.id,
        name=feedback.name or NOT_GIVEN,
        email=feedback.email or NOT_GIVEN,
        page=feedback.page or NOT_GIVEN,
        language=stored.language,
        subject=feedback.subject,
        message=feedback.message,
        days=profile.retention.feedback_days,
    )
    return Mail(
        to=profile.webmaster.email,
        subject=SUBJECT.format(subject=feedback.subject),
        text=text,
        message_id=f"<{stored.id}.feedback@parvis.invalid>",
        reply_to=feedback.email or None,
    )


def acknowledgement_mail(stored: StoredFeedback, address: str, profile: AuthorityProfile) -> Mail:
    """Return the mail that tells the sender that the message arrived."""
    language = stored.language
    text = ACKNOWLEDGEMENT.in_language(language).format(
        authority=profile.name.in_language(language),
        received=_received(stored, profile, language),
        reference=stored.id,
        webmaster_email=profile.webmaster.email,
        webmaster_post=", ".join(profile.webmaster.address_lines),
        telephone=profile.telephone,
    )
    return Mail(
        to=address,
        subject=ACKNOWLEDGED.in_language(language),
        text=text,
        message_id=f"<{stored.id}.acknowledgement@parvis.invalid>",
        language=language,
    )


def _received(stored: StoredFeedback, profile: AuthorityProfile, language: str) -> str:
    local = stored.received_at.astimezone(profile.zone)
    return format_datetime(local, "long", locale="en_GB" if language == "en" else "fr_FR")
