import { runsText } from '../core/messages/page/runs';
import type { TabMessage } from '../core/panel/protocol';
import type { RequestImage } from '../core/panel/picture';
import { el, setText, show, type Part } from './dom';

/** The pictures of a run's request. They come when a person opens their list, since they may be large. */
export interface PicturesPart extends Part<{ readonly images: number }> {
  readonly receive: (images: readonly RequestImage[]) => void;
}

export const picturesPart = (post: (message: TabMessage<'run'>) => void, run: string): PicturesPart => {
  const title = el('summary');
  const list = el('ul', { class: 'pictures' });
  let asked = false;
  const element: HTMLDetailsElement = el(
    'details',
    {
      class: 'more',
      'data-pictures': true,
      ontoggle: () => {
        if (!element.open || asked) return;
        asked = true;
        post({ type: 'images', run });
      },
    },
    title,
    list,
  );
  return {
    element,
    update: ({ images }) => {
      show(element, images > 0);
      setText(title, runsText.pictures(images));
    },
    receive: (images) => {
      setText(list, '');
      list.append(
        ...images.map(({ type, data }, at) =>
          el('li', {}, el('img', { src: `data:${type};base64,${data}`, alt: runsText.picture(at + 1), loading: 'lazy' })),
        ),
      );
    },
  };
};
