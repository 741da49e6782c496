"""The pages with which a partnership makes a questionnaire of its own."""
