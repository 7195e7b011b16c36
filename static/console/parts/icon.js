// @ts-check
import paths from "../../icons/console.js";
import { iconsFrom } from "../../shared/icon.js";

export const Icon = iconsFrom(paths);
