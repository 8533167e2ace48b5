"""The agency: its name, logo and colour, for admins; and the logo itself, for everybody who comes to the door."""

from functools import partial

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import PlainTextResponse, Response
from nicegui import events, ui

from models.agency import COLOURS
from models.user import Role
from pages.frame import LOGO, frame, logo, once, page, refusals_shown
from pages.live import Live
from pages.parts import headings, unsent_words
from pages.summary import Summary
from workflow.paying import HowToPay
from workflow.people import agency
from workflow.storage import file_types

router = APIRouter(include_in_schema=False)


@router.get(LOGO)
def own_logo() -> Response:
    """The logo as a picture and as nothing else, whatever its bytes would like to be."""
    content = agency.logo()
    kind = content and file_types.logo_type(content)
    if not content or not kind:
        return PlainTextResponse("There is no logo.", 404)
    return Response(
        content, media_type=kind, headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
    )


@page("/admin/agency", Role.admin)
async def agency_page(live: Live) -> None:
    """Agency."""
    with frame(live, "Agency"):
        headings.title("Agency")
        ui.label("This is how people see you: on the sign-in page, on every page, and in letters.").classes("muted")
        face = Face(live)
        face.name()
        face.logo()
        face.colour()
        await face.paying()


class Face:
    """What can be changed; afterwards the page is loaded anew, with its new face."""

    def __init__(self, live: Live) -> None:
        self.live = live

    def name(self) -> None:
        """The name, in a form of its own."""
        with ui.element("section").classes("panel form"):
            headings.section("Name")
            name = ui.input("The agency's name", value=self.live.agency.name).props("outlined maxlength=100")
            unsent_words.keep(name, "name")

            async def save() -> None:
                with refusals_shown(name=name):
                    await run_in_threadpool(agency.rename, name.value, by=await self.live.actor())
                    unsent_words.drop(self.live.client, "name")
                    ui.navigate.reload()

            once(ui.button("Save the name").props("no-caps unelevated"), save)

    def logo(self) -> None:
        """The logo as it is, and how to put another one there."""
        with ui.element("section").classes("panel form"):
            headings.section("Logo")
            logo(self.live.agency.name, self.live.agency.has_logo, "big shown")
            limit = agency.LARGEST_LOGO // 1000
            ui.label(f"PNG or JPEG, at most {limit} kB").classes("muted")
            upload = ui.upload(auto_upload=True, max_files=1, on_upload=self._take)
            upload.props('accept="image/png,image/jpeg" no-thumbnails').classes(
                "hidden"
            )  # its own buttons have no names
            choose = ui.button("Choose a logo", icon="upload_file").props("no-caps outline color=ink")
            choose.on("click", js_handler=f"() => getElement({upload.id}).pickFiles()")
            if self.live.agency.has_logo:
                once(ui.button("Remove the logo").props("flat no-caps color=ink"), self._remove)

    def colour(self) -> None:
        """The colours, each on the button that chooses it."""
        with ui.element("section").classes("panel form"):
            headings.section("Colour")
            with ui.row().props('role=group aria-label="Colour"'):
                for name in COLOURS:
                    is_ours = name == self.live.agency.colour
                    button = ui.button(name.capitalize(), icon="check" if is_ours else None)
                    button.props["data-colour"], button.props["aria-pressed"] = name, str(is_ours).lower()
                    once(button, partial(self._paint, name)).props("no-caps unelevated")

    async def paying(self) -> None:
        """How clients pay, in a form of its own."""
        known = await self.live.read(HowToPay.read)
        with ui.element("section").classes("panel form") as form:
            headings.section("How clients pay")
            ui.label("Clients read this on orders that are not paid yet.").classes("muted")
            summary = Summary()
            words = ui.textarea("Your words: bank details, a link", value=known.words).props("outlined autogrow")
            iban = ui.input("IBAN (adds a QR code for banking apps)", value=known.spelt).props("outlined maxlength=50")
            holder = ui.input("Account holder", value=known.holder).props("outlined maxlength=70")
            unsent_words.keep(form, "paying")

            async def save() -> None:
                with refusals_shown(summary, pay_words=words, iban=iban, account_holder=holder):
                    said = (words.value, iban.value, holder.value)
                    await run_in_threadpool(agency.set_how_to_pay, *said, by=await self.live.actor())
                    unsent_words.drop(self.live.client, "paying")
                    ui.notify("Saved.", type="positive")

            once(ui.button("Save how clients pay").props("no-caps unelevated"), save)

    async def _take(self, event: events.UploadEventArguments) -> None:
        with refusals_shown():
            actor = await self.live.actor()
            most = agency.LARGEST_LOGO + 1  # one byte more than fits is enough to be refused
            content = await anext(event.file.iterate(chunk_size=most), b"")
            await run_in_threadpool(agency.set_logo, content, by=actor)
            ui.navigate.reload()

    async def _paint(self, colour: str) -> None:
        with refusals_shown():
            await run_in_threadpool(agency.set_colour, colour, by=await self.live.actor())
            ui.navigate.reload()

    async def _remove(self) -> None:
        with refusals_shown():
            await run_in_threadpool(agency.remove_logo, by=await self.live.actor())
            ui.navigate.reload()
