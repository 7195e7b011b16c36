// @ts-check

/**
 * A value whose change is told.
 * @template T @param {T} value @param {() => void} changed @returns {{value: T}}
 */
export function cell(value, changed) {
  return {
    get value() {
      return value;
    },
    set value(next) {
      if (next === value) return;
      value = next;
      changed();
    },
  };
}
