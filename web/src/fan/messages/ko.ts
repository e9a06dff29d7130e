import type { Messages } from './en';

export const ko: Messages = {
  shell: {
    skip: '본문으로 건너뛰기',
    home: 'Frontrow, 전체 공연',
  },
  concerts: { title: '공연' },
};
