/*
 * Whether a rule comes true: true, false, or "ask" when all holds but what only the server knows. What
 * the facts are and what a rule may ask, chat/domain/invitations.py says; it has put the rule into
 *
 *   least: {fact: number}     fits: [[fact, pattern, ...]]     ask: what the server has to confirm
 */
function holds(rule, facts) {
  return Object.keys(rule.least).every((key) => facts[key] >= rule.least[key]) &&
    rule.fits.every(([key, ...patterns]) => patterns.some((pattern) => matches(pattern, facts[key]))) &&
    (!rule.ask[0] || (facts.state ? rule.ask.every((key) => facts.state[key]) : "ask"));
}

/* Of an address's query, for patterns such as "*&utm_source=news&*". */
function plain(query) {
  return `&${new URLSearchParams(query)}&`.toLowerCase();
}
