"""Budgets: how much one person, mailbox or network may ask for. Each limit is a line here, and a line at its door.

The numbers are such that no honest agency meets them. A `Budget` and what is `AtOnce` are counted in this process; a
`Kept` is counted in the database, where it has to hold over processes and restarts.
"""

from datetime import timedelta

import settings
from workflow.limits import AtOnce, Budget, Kept

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)

# What is asked over the wire: of a user's tokens, a sign-in, a network, an open page.
REQUESTS = Budget(lambda: settings.current().requests_a_minute, MINUTE, "requests")
REQUESTS_AT_ONCE = AtOnce(100, "requests")
STREAMS = AtOnce(20, "event streams")
VISITS = Budget(300, MINUTE, "pages")
VISITS_FROM = Budget(1500, MINUTE, "pages for one network")
SOCKETS = AtOnce(100, "open pages")
SOCKETS_FROM = AtOnce(1500, "open pages of one network")
WORDS = Budget(3000, MINUTE, "steps on one page")

# What takes long or costs a lot: of a user, a network.
BULK_CALLS = Budget(10, MINUTE, "bulk calls")
DOWNLOADS = Budget(3000, HOUR, "downloads")
UPLOADS = AtOnce(20, "uploads")
RECEIPTS = Budget(300, HOUR, "looks at receipts")
COMPARISONS = Budget(100, HOUR, "files to look at")
PUBLIC_ORDERS = Budget(10, HOUR, "orders", "Many orders have come from your network just now. Please try again later.")

# What stays: of a user.
ORDERS = Kept(1000, HOUR, "orders")
COMMENTS = Kept(600, HOUR, "comments")
FILES = Kept(1000, HOUR, "files")
BYTES = Kept(lambda: 200 * settings.current().max_file_bytes, HOUR, "bytes")

# What is mailed: to a mailbox; and asked of those who could help with an order.
LINKS = 3
ADDRESSES = Kept(3, DAY, "changes of your address")
INVITATIONS = Kept(5, DAY, "invitations to one person")
LETTERS = Kept(60, HOUR, "letters")
"""To one reader: news beyond it waits for the next digest. The letter of a delivery always goes."""
CONFIRMATIONS = Kept(
    3, DAY, "orders", "Orders with this address wait for their links already: please look into your mail first."
)
HELP_REQUESTS = HOUR
