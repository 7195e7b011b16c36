from faq.models.article import Article, ArticleTranslation, ArticleVote, Status
from faq.models.category import Category, CategoryTranslation, Icon

__all__ = [
    "Article",
    "ArticleTranslation",
    "ArticleVote",
    "Category",
    "CategoryTranslation",
    "Icon",
    "Status",
]
