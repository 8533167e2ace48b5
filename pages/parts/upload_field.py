"""Where files are brought: chosen or dropped, several at once, each straight to its order (pages/http/uploads.py)."""

from typing import Any

from nicegui import events
from nicegui.element import Element

import settings
from models.file import Kind
from pages.parts.sizes import size

NAMES = {Kind.brief: "Brief", Kind.draft: "Draft", Kind.final: "Final"}


def field(label: str, kinds: list[Kind], most: int) -> dict[str, Any]:
    """What the field says, which kinds it offers, and how many bytes it takes of each file."""
    offered = [{"value": kind.value, "label": NAMES[kind]} for kind in kinds]
    return {"label": label, "kinds": offered, "most": most, "tooLarge": f"A file may have {size(most)} at most."}


class UploadField(Element, component="upload_field.js"):
    """Sends what is chosen to the address; with several kinds, each file goes with the one that is chosen.

    After each file that was kept, `on_brought` is called.
    """

    def __init__(
        self,
        label: str,
        address: str,
        kinds: list[Kind] | None = None,
        on_brought: events.Handler[events.GenericEventArguments] | None = None,
    ) -> None:
        super().__init__()
        most = settings.current().max_file_bytes
        self._props.update(field(f"{label}, up to {size(most)} each", kinds or [], most), address=address)
        if on_brought:
            self.on("brought", on_brought, args=[])
