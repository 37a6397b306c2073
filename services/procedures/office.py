"""What follows a filing, put together: the desk and all that hangs on a request's steps."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from services.procedures.corrections.service import CorrectionService
from services.procedures.decisions.service import DecisionService
from services.procedures.desk.names import NameIndex
from services.procedures.desk.reader import DeskReader
from services.procedures.desk.service import DeskService
from services.procedures.documents.service import DocumentService
from services.procedures.dossiers.reader import DossierReader
from services.procedures.filing.service import OnFiled
from services.procedures.following.reader import FollowingReader
from services.procedures.lifecycle.service import LifecycleService
from services.procedures.messages.service import MessageService
from services.procedures.notices.service import NoticeService
from services.procedures.readings.service import ReadingService
from services.procedures.requests.service import RequestService
from services.procedures.settings import Settings


@dataclass(frozen=True)
class Reception:
    """What must be there before anything is filed: it takes part in each filing."""

    lifecycle: LifecycleService
    desk: DeskService

    @property
    def on_filed(self) -> Sequence[OnFiled]:
        """Return what is done in the transaction of a filing."""
        return (self.desk.index_names, self.lifecycle.open_case)


@dataclass(frozen=True)
class Office:
    """The use cases of filed requests, ready; the worker uses the same."""

    lifecycle: LifecycleService
    desk: DeskService
    messages: MessageService
    corrections: CorrectionService
    decisions: DecisionService
    readings: ReadingService
    notices: NoticeService
    following: FollowingReader
    desk_reader: DeskReader


OFFICE = web.AppKey("office", Office)


def build_reception(requests: RequestService, settings: Settings) -> Reception:
    """Build what takes part in filings."""
    lifecycle = LifecycleService(requests)
    return Reception(lifecycle, DeskService(lifecycle, NameIndex(settings.tracking_key)))


def build_office(
    reception: Reception, documents: DocumentService, dossiers: DossierReader, settings: Settings
) -> Office:
    """Build the rest on the same reception."""
    lifecycle, requests = reception.lifecycle, reception.lifecycle.requests
    readings = ReadingService(requests.database, requests.clock)
    messages = MessageService(lifecycle)
    corrections = CorrectionService(lifecycle)
    decisions = DecisionService(lifecycle)
    following = FollowingReader(lifecycle, messages, corrections, readings, documents)
    return Office(
        lifecycle=lifecycle,
        desk=reception.desk,
        messages=messages,
        corrections=corrections,
        decisions=decisions,
        readings=readings,
        notices=NoticeService(lifecycle, decisions, settings.public_url),
        following=following,
        desk_reader=DeskReader(
            reception.desk, lifecycle, dossiers, following, readings, corrections
        ),
    )
