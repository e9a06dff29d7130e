export const en = {
  shell: {
    skip: 'Skip to the content',
    home: 'Frontrow, all concerts',
  },
  concerts: { title: 'Concerts' },
};

export type Messages = typeof en;
