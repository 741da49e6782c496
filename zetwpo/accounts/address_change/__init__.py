"""Another mail address for somebody: asked, confirmed at the new one, told at the old one."""
