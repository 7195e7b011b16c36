from faq.models.article import Article, ArticleTranslation, Status
from faq.models.category import Category, CategoryTranslation, Icon

__all__ = [
    "Article",
    "ArticleTranslation",
    "Category",
    "CategoryTranslation",
    "Icon",
    "Status",
]
