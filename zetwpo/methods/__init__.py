"""The methods for meetings: found, read, printed as cards, and a partnership's own beside them."""
