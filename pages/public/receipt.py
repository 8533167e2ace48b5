"""A receipt, for whoever has its link: what was signed off, whether it is unchanged, and a place to compare a file."""

import hashlib
from functools import cache
from typing import Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse, Response
from nicegui import events, ui

from models import database
from models.receipt import Receipt
from pages import building
from pages.parts import headings
from pages.parts.sizes import size
from pages.parts.words import typed
from pages.public import entrance
from workflow import budgets
from workflow.history import receipts
from workflow.history.receipts import Finding
from workflow.people import guessing
from workflow.people.networks import network
from workflow.refusals import UnknownKey
from workflow.text import characters

router = APIRouter(include_in_schema=False)

PRIVATE = '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex, nofollow">'
"""The address is the permission: it is told to no other site, and found by no search."""

HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
NO_RECEIPT = "There is no such receipt."


@router.get("/receipts/{code}.pdf")
def as_pdf(request: Request, code: str) -> Response:
    """The receipt as a PDF, made at this moment from what was sealed."""
    try:
        receipt = _looked_at(request, code)
    except UnknownKey:
        return PlainTextResponse(NO_RECEIPT, 404, headers=HEADERS)
    if not receipts.is_sealed(receipt):
        return PlainTextResponse(receipts.CHANGED, 404, headers=HEADERS)
    from workflow.history import receipt_pdf  # late: what draws PDFs is large

    name = f'attachment; filename="receipt-{receipt.content["number"]}.pdf"'
    return Response(
        receipt_pdf.pdf(receipt), media_type="application/pdf", headers={**HEADERS, "Content-Disposition": name}
    )


@building.at("/receipts/{code}", "Receipt · Docket")
async def receipt_page(request: Request, code: str) -> None:
    """The receipt with this code, in plain words."""
    ui.add_head_html(PRIVATE)
    try:
        receipt = await run_in_threadpool(_looked_at, request, code)
    except UnknownKey:
        return _no_such_receipt()
    if not receipts.is_sealed(receipt):
        with ui.element("div").classes("receipt"):
            headings.title("Receipt")
            _Verdict(receipt).show([Finding(False, receipts.CHANGED)])
    else:
        _show(receipt)
    return None


def _looked_at(request: Request, code: str) -> Receipt:
    """The receipt with this code; raises UnknownKey, or TooOften."""
    remote = entrance.remote(request)
    budgets.RECEIPTS.spend(network(remote))
    return guessing.with_key(remote, _at, code)


def _at(code: str) -> Receipt:
    with database.reading() as session:
        receipt = Receipt.at(session, code) if code.isascii() and code.isprintable() else None
    if receipt is None:
        raise UnknownKey(NO_RECEIPT)
    return receipt


def _no_such_receipt() -> None:
    ui.context.client.status_code = 404
    with ui.element("div").classes("door"):
        headings.title(NO_RECEIPT)
        ui.label("The link may be mistyped or cut short. The agency can send it again.").classes("muted")
        ui.link("To the start", "/")


def _show(receipt: Receipt) -> None:
    content = receipt.content
    with ui.element("div").classes("receipt"):
        typed(content["agency"]).classes("muted")
        headings.title(f"Receipt for order {content['number']}")
        typed(content["title"]).classes("brief")
        verdict = _Verdict(receipt)
        with ui.element("dl").classes("facts panel"):
            for name, words in receipts.facts(receipt):
                with ui.element("div"):
                    with ui.element("dt"):
                        ui.label(name).classes("muted")
                    with ui.element("dd"):
                        typed(words)
        _files(content["files"])
        pdf = ui.button("Download as PDF", icon="picture_as_pdf").props("no-caps outline color=ink")
        pdf.props(f'href="/receipts/{receipt.code}.pdf" download')
    ui.timer(0, verdict.check, once=True)  # large files take their time; the page is there before


def _files(signed: list[dict[str, Any]]) -> None:
    with ui.element("div").classes("panel"):
        headings.section("Final files signed off")
        if not signed:
            ui.label(receipts.NO_FILES).classes("muted")
            return
        with ui.element("ul").classes("plain"):
            for file in signed:
                with ui.element("li"):
                    ui.label(f"{characters.isolated(receipts.named(file))} · {size(file['size'])}").classes("brief")
                    ui.label(f"SHA-256 {file['sha256']}").classes("muted hash")
        _Comparison(signed)


@cache
def _readers() -> CapacityLimiter:
    """One receipt is looked at after the other: large files that anybody may ask for hold up no thread others need."""
    return CapacityLimiter(1)


class _Verdict:
    """Whether the receipt is unchanged, and what was looked at."""

    def __init__(self, receipt: Receipt) -> None:
        self.receipt = receipt
        with ui.element("div").classes("panel verdict").props("role=status data-unchanged=unknown") as self.element:
            self.sentence = ui.label("Looking whether it is unchanged ...").classes("verdict-word")
            self.parts = ui.element("ul").classes("plain")

    async def check(self) -> None:
        """Look at every part anew, and say what was found."""

        def look() -> list[Finding]:
            with database.reading() as session:
                return receipts.verify(session, self.receipt)

        self.show(await to_thread.run_sync(look, limiter=_readers()))

    def show(self, findings: list[Finding]) -> None:
        """Show these findings."""
        whole = all(finding.fits for finding in findings)
        self.element.props(f"data-unchanged={'yes' if whole else 'no'}")
        since = receipts.moment(self.receipt.created_at)
        self.sentence.set_text(f"Unchanged since {since}" if whole else "Not as it was signed off")
        self.parts.clear()
        with self.parts:
            for finding in findings:
                with ui.element("li").props(f"data-fits={'yes' if finding.fits else 'no'}"):
                    ui.label(finding.sentence)


CHOOSE = """
<span hidden><q-uploader-add-trigger /></span>
<q-btn label="Choose a file or drop it here, to see whether it is one of these" icon="upload_file" flat no-caps
  color="ink" class="full" @click="props.pickFiles" />
"""
"""In place of the uploader's own button, which has no name."""


class _Comparison:
    """A place to drop a file: it is read through, compared with those signed off, and not kept."""

    def __init__(self, signed: list[dict[str, Any]]) -> None:
        self.signed = signed
        place = ui.upload(
            auto_upload=True,
            max_file_size=max(file["size"] for file in signed),  # a larger one is none of them
            on_upload=self._compare,
            on_rejected=lambda: self._say(None),
        )
        place.props("flat bordered no-thumbnails color=transparent text-color=ink").classes("full")
        place.add_slot("header", CHOOSE)
        self.answer = ui.label().classes("verdict-word").props("role=status")
        self.answer.set_visibility(False)

    async def _compare(self, event: events.UploadEventArguments) -> None:
        hashed = hashlib.sha256()
        async for chunk in event.file.iterate():
            await run_in_threadpool(hashed.update, chunk)
        event.sender.reset()  # pyright: ignore[reportAttributeAccessIssue] the sender is the upload
        found = [file["name"] for file in self.signed if file["sha256"] == hashed.hexdigest()]
        self._say(found[0] if found else None)

    def _say(self, name: str | None) -> None:
        words = f"This is {name}, exactly as signed off." if name else "This file is none of those signed off."
        self.answer.set_text(words)
        self.answer.props(f"data-fits={'yes' if name else 'no'}").set_visibility(True)
