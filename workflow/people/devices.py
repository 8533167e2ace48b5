"""Devices: a sign-in from a browser that somebody never came by before is told to them by a letter."""

from models import clock, database, keys
from models.agency import Agency
from models.device import Device
from models.sign_in import SignIn
from workflow.mail import templates

NAMES = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "Mac"}


def meet(session_key: str, device_key: str, browser: str, remote: str) -> str:
    """Know the browser by which somebody has just signed in, by the key that it brought; returns the one to keep.

    The first browser of all is no news: its person has just been let in for the first time.
    """
    with database.writing() as session:
        user = SignIn.who(session, session_key)
        if user is None:
            return device_key
        if device_key and (device := Device.met(session, user, device_key)):
            device.seen_at = clock.now()
            return device_key
        if Device.has_any(session, user):
            agency = Agency.called(session)
            letter = templates.letter("new_device", user, agency=agency, browser=called(browser), remote=remote)
            session.add(letter)
        own = device_key or keys.fresh()
        session.add(Device(user_id=user.key, key_hash=keys.hashed(own)))
        return own


def called(agent: str) -> str:
    """A browser as people call it, from what it says of itself."""
    name = next((known for word, known in NAMES.items() if word in agent), "A browser")
    system = next((known for word, known in {**SYSTEMS, "Linux": "Linux"}.items() if word in agent), "")
    return f"{name} on {system}" if system else name
