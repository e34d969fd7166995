/** Words of the page that shows the parts. */
export const parts = {
  title: 'Parts',
  about: 'What screens are made of. Each of them follows the light or dark scheme, the keyboard, and a phone’s width.',
};
