/** Language of the terminal: French where the locale says so. */
const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || Intl.DateTimeFormat().resolvedOptions().locale;
export const french = /^fr/i.test(locale);

/**
 * @param {string} frenchText
 * @param {string} englishText
 */
export function say(frenchText, englishText) {
  return french ? frenchText : englishText;
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  const text = (milliseconds / 1000).toFixed(1);
  return french ? `${text.replace(".", ",")} s` : `${text} s`;
}
