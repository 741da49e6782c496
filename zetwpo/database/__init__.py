"""SQLite and PostgreSQL: tables, connections, whose turn it is, and the steps between versions."""
