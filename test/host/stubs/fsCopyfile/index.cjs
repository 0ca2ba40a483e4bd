// Stands in for a native module of the Git extension: plain copies, no clones.
const { cp, copyFile } = require('node:fs/promises');
exports.cp = (from, to, options) => cp(from, to, { recursive: true, ...options });
exports.copyFile = (from, to, mode) => copyFile(from, to, mode);
exports.isCloneSupported = async () => false;
