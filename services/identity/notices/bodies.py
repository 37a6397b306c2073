"""The body of each mail: what happened, what was kept, what to do next."""

from collections.abc import Mapping

from authority.text import Text
from services.identity.notices.model import Kind

BODIES: Mapping[Kind, Text] = {
    Kind.CONFIRM_EMAIL: Text(
        fr="Le compte « {identifier} » vient d’être créé avec cette adresse. Pour l’ouvrir, suivez "
        "ce lien dans les 24 heures :\n{link}\n\nVous n’avez rien demandé ? Ne faites rien : sans "
        "confirmation, le compte est effacé.",
        en="The account “{identifier}” has just been created with this address. To open it, follow "
        "this link within 24 hours:\n{link}\n\nYou did not ask for this? Do nothing: without "
        "confirmation the account is deleted.",
    ),
    Kind.RECOVER_PASSWORD: Text(
        fr="Pour choisir un nouveau mot de passe pour le compte « {identifier} », suivez ce lien "
        "dans les 10 minutes :\n{link}\n\nVous n’avez rien demandé ? Ne faites rien : votre mot de "
        "passe reste le même.",
        en="To choose a new password for the account “{identifier}”, follow this link within 10 "
        "minutes:\n{link}\n\nYou did not ask for this? Do nothing: your password stays the same.",
    ),
    Kind.RECOVER_IDENTIFIER: Text(
        fr="À cette adresse correspond :\n{identifiers}\n\nVous pouvez vous connecter ici :\n"
        "{portal}/connexion",
        en="This address goes with:\n{identifiers}\n\nYou can sign in here:\n{portal}/connexion",
    ),
    Kind.PASSWORD_CHANGED: Text(
        fr="Le mot de passe du compte « {identifier} » vient d’être changé. Les autres sessions "
        "sont fermées.",
        en="The password of the account “{identifier}” has just been changed. The other sessions "
        "are closed.",
    ),
    Kind.EMAIL_FORMER: Text(
        fr="Une nouvelle adresse est demandée pour le compte « {identifier} ». Pour l’accepter, "
        "suivez ce lien dans les 24 heures :\n{link}\n\nLa nouvelle adresse devra aussi être "
        "confirmée.",
        en="A new address has been asked for on the account “{identifier}”. To accept it, "
        "follow this link within 24 hours:\n{link}\n\nThe new address must be confirmed too.",
    ),
    Kind.EMAIL_NEW: Text(
        fr="Cette adresse a été indiquée pour le compte « {identifier} ». Pour la confirmer, "
        "suivez ce lien dans les 24 heures :\n{link}",
        en="This address was given for the account “{identifier}”. To confirm it, follow this "
        "link within 24 hours:\n{link}",
    ),
    Kind.EMAIL_CHANGED: Text(
        fr="L’adresse du compte « {identifier} » vient d’être changée.",
        en="The address of the account “{identifier}” has just been changed.",
    ),
    Kind.FACTOR_ADDED: Text(
        fr="Une double vérification ({factor}) protège maintenant le compte « {identifier} ».",
        en="A second step ({factor}) now protects the account “{identifier}”.",
    ),
    Kind.FACTOR_REMOVED: Text(
        fr="Une double vérification ({factor}) du compte « {identifier} » vient d’être retirée.",
        en="A second step ({factor}) of the account “{identifier}” has just been removed.",
    ),
    Kind.LINK_ADDED: Text(
        fr="Une identité {provider} est maintenant liée au compte « {identifier} » : elle permet "
        "de s’y connecter. Pour retirer ce lien :\n{portal}/compte/securite",
        en="A {provider} identity is now linked to the account “{identifier}”: it can sign in to "
        "it. To remove this link:\n{portal}/compte/securite",
    ),
    Kind.LINK_REMOVED: Text(
        fr="L’identité {provider} n’est plus liée au compte « {identifier} » : elle ne permet plus "
        "de s’y connecter.",
        en="The {provider} identity is no longer linked to the account “{identifier}”: it cannot "
        "sign in to it any more.",
    ),
    Kind.FROZEN: Text(
        fr="Un usage non autorisé du compte « {identifier} » a été signalé. Le compte est gelé et "
        "toutes ses sessions sont fermées. Vos demandes déposées suivent leur cours. Pour le "
        "rouvrir, choisissez un nouveau mot de passe :\n{portal}/recuperation",
        en="An unauthorised use of the account “{identifier}” was reported. The account is frozen "
        "and all its sessions are closed. Requests already filed go on. To open it again, choose "
        "a new password:\n{portal}/recuperation",
    ),
    Kind.FROZEN_STAFF: Text(
        fr="Le titulaire du compte « {identifier} » a signalé un usage non autorisé. Le compte est "
        "gelé depuis ce moment. Examinez son journal et répondez à la personne.",
        en="The holder of the account “{identifier}” reported an unauthorised use. The account has "
        "been frozen since. Look at its journal and answer the person.",
    ),
    Kind.RECOVERED: Text(
        fr="Le compte « {identifier} » est rouvert avec un nouveau mot de passe.",
        en="The account “{identifier}” is open again with a new password.",
    ),
    Kind.SUSPENDED: Text(
        fr="Le compte « {identifier} » est suspendu.\nMotif : {reason}\n\nVos demandes déposées ne "
        "sont pas perdues. Pour contester, écrivez à {contact}.",
        en="The account “{identifier}” is suspended.\nReason: {reason}\n\nRequests already filed "
        "are not lost. To contest, write to {contact}.",
    ),
    Kind.TERMINATED: Text(
        fr="Le compte « {identifier} » est résilié.\nMotif : {reason}\n\nVos demandes déposées ne "
        "sont pas perdues. Pour contester, écrivez à {contact}.",
        en="The account “{identifier}” is terminated.\nReason: {reason}\n\nRequests already filed "
        "are not lost. To contest, write to {contact}.",
    ),
    Kind.REINSTATED: Text(
        fr="Le compte « {identifier} » est rétabli. Vous pouvez vous connecter.\nMotif : {reason}",
        en="The account “{identifier}” is reinstated. You can sign in.\nReason: {reason}",
    ),
    Kind.INACTIVE: Text(
        fr="Le compte « {identifier} » n’a pas servi depuis longtemps. Il sera effacé après le "
        "{day}. Pour le garder, connectez-vous avant :\n{portal}/connexion",
        en="The account “{identifier}” has not been used for a long time. It will be erased after "
        "{day}. To keep it, sign in before then:\n{portal}/connexion",
    ),
    Kind.ERASURE_PLANNED: Text(
        fr="Vous avez demandé l’effacement du compte « {identifier} ». Il aura lieu le {day}. Pour "
        "garder le compte, connectez-vous et annulez l’effacement :\n{portal}/compte/effacement",
        en="You asked for the erasure of the account “{identifier}”. It will take place on {day}. "
        "To keep the account, sign in and cancel the erasure:\n{portal}/compte/effacement",
    ),
    Kind.ERASED: Text(
        fr="Votre compte et les données qu’il gardait sont effacés. Les demandes déposées se "
        "suivent toujours avec leur numéro et leur code.",
        en="Your account and the data that it kept are erased. Filed requests can still be tracked "
        "with their number and code.",
    ),
    Kind.COPY_READY: Text(
        fr="La copie de vos données est prête. Elle se télécharge une fois, avant le {day} :\n"
        "{portal}/compte/donnees",
        en="The copy of your data is ready. It can be downloaded once, before {day}:\n"
        "{portal}/compte/donnees",
    ),
    Kind.RIGHT_RECORDED: Text(
        fr="Votre demande ({right}) est enregistrée. Une réponse vous sera donnée avant le {day}.",
        en="Your request ({right}) is recorded. You will have an answer before {day}.",
    ),
    Kind.RIGHT_ANSWERED: Text(
        fr="Votre demande ({right}) a une réponse :\n{portal}/compte/droits\n\nSi elle "
        "ne vous convient pas, vous pouvez saisir la CNIL : https://www.cnil.fr/plaintes",
        en="Your request ({right}) has been answered:\n{portal}/compte/droits\n\nIf the answer "
        "does not suit you, you may complain to the CNIL: https://www.cnil.fr/plaintes",
    ),
}
