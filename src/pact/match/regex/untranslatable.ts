/** Why a regular expression cannot be said in JavaScript. Never leaves this folder. */
export class Untranslatable extends Error {}
