"""The operators' back office for articles."""

from typing import Any

from django.contrib import admin
from django.forms import BaseInlineFormSet, BaseModelForm
from django.http import HttpRequest

from faq import actions
from faq.models import Article, ArticleTranslation, Category, CategoryTranslation


class CategoryTranslationInline(admin.TabularInline):  # type: ignore[type-arg]  # not generic at run time
    model = CategoryTranslation
    extra = 0


class ArticleTranslationInline(admin.StackedInline):  # type: ignore[type-arg]  # not generic at run time
    model = ArticleTranslation
    extra = 0


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("__str__", "icon", "position")
    inlines = (CategoryTranslationInline,)


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic at run time
    list_display = ("__str__", "category", "status", "views")
    list_filter = ("status", "category")
    search_fields = ("translations__title",)
    inlines = (ArticleTranslationInline,)

    def save_formset(
        self,
        request: HttpRequest,
        form: "BaseModelForm[Any]",
        formset: "BaseInlineFormSet[ArticleTranslation, Article, Any]",
        change: bool,
    ) -> None:
        """Texts go through the action, which renders them."""
        for translation in formset.save(commit=False):
            actions.save_translation(translation)
        for gone in formset.deleted_objects:
            gone.delete()
