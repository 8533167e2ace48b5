"""Every page there is, by who opens it; nobody in particular opens those in front of the sign-in."""

PAGES = {
    "": [
        "/login",
        "/login/link",
        "/login/with?key=none",
        "/forgot",
        "/order",
        "/order/confirm?key=none",
        "/invite/with?key=none",
        "/address/confirm?key=none",
    ],
    "cleo": ["/client", "/new", "/notifications", "/profile", "/jobs/{number}"],
    "wren": ["/writer", "/notifications", "/profile", "/jobs/{number}"],
    "bea": ["/manager", "/all", "/new", "/notifications", "/profile", "/jobs/{number}"],
    "ada": [
        "/admin",
        "/admin/people",
        "/admin/rules",
        "/admin/lifecycle",
        "/admin/records",
        "/admin/mail",
        "/admin/agency",
        "/admin/work",
        "/admin/log",
    ],
}
