"""The owner opens one thing of their own to somebody, and takes it back."""
