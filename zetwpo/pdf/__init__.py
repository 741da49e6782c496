"""A print page as a PDF, made by WeasyPrint where that is installed (the extra `pdf`)."""
