// What walks through a window have in common: keys, and the pictures taken on the way.
// @ts-check
/** @import { Workbench } from './workbench.mjs' */

/** A walk through one window; each says in methods of its own what is done. */
export class Walk {
  /** @type {string[]} */
  screenshots = [];

  /**
   * @param {Workbench} workbench
   * @param {string} folder
   * @param {string} pictures The start of the path of each picture.
   */
  constructor(workbench, folder, pictures) {
    this.workbench = workbench;
    this.page = workbench.page;
    this.folder = folder;
    this.pictures = pictures;
  }

  /** @param {string} name */
  async shoot(name) {
    const file = `${this.pictures}${name}.png`;
    await this.workbench.screenshot(file);
    this.screenshots.push(file);
    return file;
  }

  /** @param {readonly string[]} keys */
  async press(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }
}
