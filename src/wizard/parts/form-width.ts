/** The greatest width of a form, and of the sentences above it: that of MTV's own wizard. For `maxWidth` of a Form that `isWidthLimited`. */
export const formWidth = '37.5rem';
