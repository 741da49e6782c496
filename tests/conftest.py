"""What all tests share stands in small modules beside this one."""

pytest_plugins = [
    "tests.postgres",
    "tests.mailbox",
    "tests.application",
    "tests.factories",
    "tests.people",
    "tests.servers",
]
