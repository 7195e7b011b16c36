// @ts-check
/**
 * Texts by key. A value is a sentence with {placeholders}, or an object of plural forms by CLDR
 * category, chosen by the placeholder `n`.
 * @typedef {Record<string, string | Record<string, string>>} Catalogue
 */

/**
 * @param {string} lang
 * @param {Catalogue} catalogue
 */
export function translator(lang, catalogue) {
  const plurals = new Intl.PluralRules(lang);
  const numbers = new Intl.NumberFormat(lang);

  /** @param {string} key @param {Record<string, string | number>} [values] */
  return function t(key, values = {}) {
    const found = catalogue[key] ?? key;
    const text = typeof found === "string" ? found : (found[plurals.select(Number(values.n))] ?? found.other);
    return text.replace(/\{(\w+)\}/g, (placeholder, name) => {
      const value = values[name];
      if (value === undefined) return placeholder;
      return typeof value === "number" ? numbers.format(value) : value;
    });
  };
}
