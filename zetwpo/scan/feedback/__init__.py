"""A student or a school trainer gives feedback through a link."""
