// @ts-check
/** Answers that come while one types; only the last question's counts. */
import { useEffect, useRef, useState } from "../shared/view.js";

export const ENOUGH = 2;

/**
 * @param {any} app
 * @param {string} query
 * @param {number} pause milliseconds without a letter before we ask
 * @returns {{asked: string, results: any[] | null, error: any, retry: () => void}} `results` of `asked`; null before any
 */
export function useAnswers(app, query, pause) {
  const { store, lang } = app;
  const [answer, setAnswer] = useState({ asked: "", results: /** @type {any[] | null} */ (null), error: /** @type {any} */ (null) });
  const [again, setAgain] = useState(0);
  const newest = useRef("");
  const text = query.trim();

  useEffect(() => {
    newest.current = text;
    if (text.length < ENOUGH) return setAnswer({ asked: "", results: null, error: null });
    const timer = setTimeout(async () => {
      const path = `help/?q=${encodeURIComponent(text.slice(0, 100))}&lang=${lang}`;
      const found = await store.api.get(path).then(({ results }) => ({ results, error: null }), (error) => ({ results: null, error }));
      if (newest.current === text) setAnswer({ asked: text, ...found });
    }, pause);
    return () => clearTimeout(timer);
  }, [text, again]);
  return { ...answer, retry: () => setAgain(again + 1) };
}
