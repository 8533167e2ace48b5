"""The profile: one's name and clock, how one hears of news, the password, and where one is signed in."""

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from sqlmodel import Session

from models import clock
from models.sign_in import SignIn
from pages.frame import frame, once, page, refusals_shown
from pages.live import Live
from pages.own_address import OwnAddress
from pages.own_factor import OwnFactor
from pages.own_tokens import OwnTokens
from pages.parts import headings, unsent_words
from pages.parts.times import when
from pages.preferences import preference_table
from workflow import checks
from workflow.people import devices, new_passwords, profiles
from workflow.people.passwords import SHORTEST
from workflow.text import locales

THEMES = {"auto": "As the device", "light": "Light", "dark": "Dark"}

USUAL = "Nowhere in particular"


@page("/profile")
async def profile_page(live: Live) -> None:
    """Profile."""
    with frame(live, "Profile"):
        headings.title("Profile")
        places = {"": USUAL} | await run_in_threadpool(locales.places)
        _about(live, await run_in_threadpool(checks.time_zones), places)
        headings.section("E-mail address")
        await OwnAddress(live).show()
        headings.section("How you hear of news")
        await preference_table(live)
        headings.section("Password")
        _password(live, await run_in_threadpool(new_passwords.needs_old_password, live.key))
        headings.section("Second factor")
        await OwnFactor(live).show()
        headings.section("Where you are signed in")
        sessions = SignIns(live)
        await sessions.refresh()
        live.refreshers.append(sessions.refresh)
        headings.section("Tokens for programs")
        tokens = OwnTokens(live)
        await tokens.refresh()
        live.refreshers.append(tokens.refresh)


def _about(live: Live, zones: tuple[str, ...], places: dict[str, str]) -> None:
    with ui.element("div").classes("panel form"):
        name = ui.input("Name", value=live.user.name).props("outlined maxlength=100 autocomplete=name")
        unsent_words.keep(name, "profile")
        with ui.element("div").classes("form-row"):
            zone = ui.select(list(zones), value=live.user.time_zone, label="Time zone", with_input=True)
            zone.props("outlined")
            theme = ui.select(THEMES, value=live.user.theme, label="Theme").props("outlined")
        locale = ui.select(places, value=live.user.locale, label="Dates and numbers as in", with_input=True)
        locale.props("outlined")
        _sample(locale)

        async def save() -> None:
            with refusals_shown(name=name, time_zone=zone, theme=theme, locale=locale):
                actor = await live.actor()
                said = (name.value, str(zone.value), str(theme.value), str(locale.value or ""))
                await run_in_threadpool(profiles.set_profile, *said, by=actor)
                unsent_words.drop(live.client, "profile")
                ui.navigate.to("/profile")

        once(ui.button("Save"), save).props("no-caps unelevated")


def _sample(locale: ui.select) -> None:
    """Show how that looks, below the field."""

    def show() -> None:
        chosen, now = str(locale.value or ""), clock.now()
        locale.props["hint"] = (
            f"{locales.day(now, chosen)}, {locales.hour(now, chosen)} · {locales.number(1234.5, chosen)}"
        )

    show()
    locale.on_value_change(show)


def _password(live: Live, needs_old: bool) -> None:
    with ui.element("form").classes("panel form") as form:
        form.on("submit", js_handler="(event) => event.preventDefault()")
        old = ui.input("Present password", password=True, password_toggle_button=True).props(
            "outlined autocomplete=current-password"
        )
        old.set_visibility(needs_old)
        new = ui.input("New password", password=True, password_toggle_button=True)
        new.props(f'outlined autocomplete=new-password hint="At least {SHORTEST} characters"')

        async def change() -> None:
            with refusals_shown(old_password=old, password=new):
                await live.actor()
                await run_in_threadpool(new_passwords.change_password, live.key, old.value or "", new.value or "")
                old.set_visibility(True)
                old.set_value("")
                new.set_value("")
                ui.notify("Your password is changed; everywhere else you are signed out.", type="positive")

        once(ui.button("Change the password"), change).props("no-caps unelevated")


class SignIns:
    """The browsers that are signed in, and the ways to end that."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self.box = ui.element("ul").classes("news")
        button = once(ui.button("Sign out everywhere else", icon="logout"), self._end_others)
        button.props("no-caps outline color=ink").classes("alone")

    async def refresh(self) -> None:
        """Read where this user is signed in, and show it."""

        def look(session: Session) -> tuple[list[SignIn], int | None]:
            return SignIn.of(session, self.live.user), SignIn.id_of(session, self.live.key)

        found, own = await self.live.read(look)
        self.box.clear()
        with self.box:
            for sign_in in found:
                self._row(sign_in, is_own=sign_in.id == own)

    def _row(self, sign_in: SignIn, *, is_own: bool) -> None:
        with ui.element("li").props('data-read="true" data-sign-in'):
            with ui.element("div").classes("news-text"):
                ui.label(devices.called(sign_in.browser)).classes("person-name")
                ui.label(self._times(sign_in)).classes("muted")
            if is_own:
                ui.label("this browser").classes("muted")
            else:
                ui.button("Sign out", on_click=lambda: self._end(sign_in)).props("flat dense no-caps color=ink")

    def _times(self, sign_in: SignIn) -> str:
        since, used = (when(moment, self.live.user) for moment in (sign_in.created_at, sign_in.used_at or clock.now()))
        return f"since {since} · last used {used}"

    async def _end(self, sign_in: SignIn) -> None:
        with refusals_shown():
            await run_in_threadpool(profiles.end_sign_in, sign_in.id or 0, by=await self.live.actor())
            await self.refresh()

    async def _end_others(self) -> None:
        with refusals_shown():
            await self.live.actor()
            await run_in_threadpool(profiles.end_other_sign_ins, self.live.key)
            await self.refresh()
