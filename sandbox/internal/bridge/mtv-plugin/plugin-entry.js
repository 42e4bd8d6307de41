/* global __load_plugin_entry__ */
// MTV's console plugin, as far as its entries in the navigation: none of its pages.
__load_plugin_entry__('forklift-console-plugin', { init: () => {}, get: () => Promise.reject(new Error('The sandbox has no pages of MTV.')) });
