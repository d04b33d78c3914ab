/** A drawing as one image with one name: what its marks are called inside is of no use to those who hear it. */
export const asImage = <T extends Element>(drawing: T, label: string): T => {
  drawing.setAttribute('role', 'img');
  drawing.setAttribute('aria-label', label);
  for (const part of drawing.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label');
  for (const part of drawing.querySelectorAll('[aria-hidden]')) part.removeAttribute('aria-hidden');
  return drawing;
};
