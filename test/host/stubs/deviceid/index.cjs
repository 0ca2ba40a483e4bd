// Stands in for the native module of this name: every test machine is the same anonymous device.
// Each name is assigned by itself, because the server imports this file as an ES module and Node finds only such exports.
exports.getDeviceId = () => Promise.resolve('00000000-0000-4000-8000-000000000000');
