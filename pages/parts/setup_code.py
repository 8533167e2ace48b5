"""What an app has to learn before it can show codes."""

from nicegui import ui

from workflow.people.second_factor import Setup

HOW = "Scan this with an authenticator app, or type the key into it. Then enter the code that it shows."


def app_setup(setup: Setup) -> None:
    """The picture for a camera, and the key for fingers."""
    ui.label(HOW)
    ui.element("img").props('alt="QR code for an authenticator app"').classes("pay-code").props["src"] = setup.picture
    secret = ui.input("Key", value=" ".join(setup.secret[place : place + 4] for place in range(0, 32, 4)))
    secret.props("outlined readonly dense").classes("full")
