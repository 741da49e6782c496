"""My account: name, language and address, where one is signed in, and which mails one gets."""
