"""The reference: what is told of every route, for programs as OpenAPI and for people as a page."""

from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import HTMLResponse

from api.errors import CODES
from boundary import nonce

ADDRESS = "/api/openapi.json"
ASSETS = "/api/docs/assets"

router = APIRouter(include_in_schema=False)


@router.get("/api/docs")
def reference(request: Request) -> Response:
    """The reference for people who write programs; its scripts carry the nonce of the answer."""
    page = get_swagger_ui_html(
        openapi_url=ADDRESS,
        title="Docket API",
        swagger_js_url=f"{ASSETS}/swagger-ui-bundle.js",
        swagger_css_url=f"{ASSETS}/swagger-ui.css",
        swagger_favicon_url=f"{ASSETS}/favicon-32x32.png",
    )
    return HTMLResponse(bytes(page.body).decode().replace("<script", f'<script nonce="{nonce(request)}"'))


class Described(FastAPI):
    """An application of which every refusal is told: its status, its codes, and that it is JSON whatever was asked."""

    def openapi(self) -> dict[str, Any]:
        """The reference as OpenAPI."""
        if self.openapi_schema is None:
            schema = super().openapi()
            for name, shape in schema["components"]["schemas"].items():
                if name.startswith("Body_"):  # of a form, which refuses what it does not know as all do
                    shape["additionalProperties"] = False
            for ways in schema["paths"].values():
                for way in ways.values():
                    way["responses"] = _successes(way["responses"]) | REFUSALS
        return self.openapi_schema or {}


def _successes(responses: dict[str, Any]) -> dict[str, Any]:
    return {status: said for status, said in responses.items() if status.startswith("2")}


_A_REFUSAL = {"application/json": {"schema": {"$ref": "#/components/schemas/Wrong"}}}

REFUSALS = {
    str(status): {"description": f"Refused: {', '.join(codes)}", "content": _A_REFUSAL}
    for status, codes in CODES.items()
}
"""The answers that any route may give instead of its own."""
