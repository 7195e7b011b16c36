"""Pure rules about articles: Markdown to safe HTML, slugs, reading time."""
