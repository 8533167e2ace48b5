"""Mail: letters from the change that writes them to the server that takes them."""
