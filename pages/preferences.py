"""The table of preferences: for each type of news, how one hears of it."""

from functools import partial

from fastapi.concurrency import run_in_threadpool
from nicegui import ui
from sqlmodel import Session

from models.preference import CALLED, TYPES, Channel, Preference
from pages.frame import refusals_shown
from pages.live import Live
from workflow.notifications import preferences


async def preference_table(live: Live) -> None:
    """One choice a row, in force as soon as it is made; and the hour of the digest."""

    def look(session: Session) -> dict[str, Channel]:
        return Preference.of(session, live.user.key)

    chosen = await live.read(look)
    channels = {channel.value: words for channel, words in CALLED.items()}
    with ui.element("div").classes("rules"):
        for type_ in preferences.offered(live.user.role):
            with ui.element("div").classes("rule panel").props(f'data-news="{type_}"'):
                ui.label(TYPES[type_].called).classes("news-text")
                choice = ui.select(channels, value=chosen.get(type_, Channel.in_app).value)
                choice.props(f'outlined dense aria-label="{TYPES[type_].called}"').classes("way")
                choice.on_value_change(partial(_choose, live, type_))
        with ui.element("div").classes("rule panel"):
            ui.label("When the daily digest comes").classes("news-text")
            hours = {hour: f"{hour:02}:00" for hour in range(24)}
            hour = ui.select(hours, value=live.user.digest_hour).props('outlined dense aria-label="Digest at"')
            hour.classes("way").on_value_change(partial(_set_hour, live))


async def _choose(live: Live, type_: str, event: object) -> None:
    with refusals_shown():
        channel = Channel(getattr(event, "value", ""))
        await run_in_threadpool(preferences.choose, type_, channel, by=await live.actor())
        ui.notify("Saved.", type="positive", timeout=1500)


async def _set_hour(live: Live, event: object) -> None:
    with refusals_shown():
        hour = int(getattr(event, "value", 8))
        await run_in_threadpool(preferences.set_digest_hour, hour, by=await live.actor())
        ui.notify("Saved.", type="positive", timeout=1500)
