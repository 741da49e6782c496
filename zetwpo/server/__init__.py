"""What a request meets before its page: the socket, the proxies, and how much is taken in."""
