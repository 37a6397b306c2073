"""The legal service, as seen from here: where the declaration of honour comes from."""

from chassis.http_client import Call, ServiceClient
from services.procedures.declarations.model import Declaration

DECLARATION = "declaration-honneur"


async def fetch_declaration(legal: ServiceClient, language: str) -> Declaration:
    """Return the declaration in force; raise `ServiceUnavailable` or `ServiceProblem`."""
    call = Call("GET", f"/documents/{DECLARATION}", query={"language": language})
    document = (await legal.send(call)).json()
    return Declaration(
        content_hash=document["content_hash"],
        version=document["version"],
        language=document["language"],
        title=document["title"],
        html=document["html"],
    )
