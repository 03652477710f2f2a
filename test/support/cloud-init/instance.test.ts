import { requires } from '../programs/requires';
import { firstBoot } from './instance';

const SLOW_MS = 120_000;

requires('systemd', 'cloud-init')('the first boot of an instance', () => {
  test(
    'fails with what a command of the user data said',
    async () => {
      const userData = '#cloud-config\nruncmd:\n  - [sh, -c, "echo went wrong; exit 3"]\n';
      await expect(firstBoot({ hostname: 'one', userData })).rejects.toThrow('went wrong');
    },
    SLOW_MS,
  );
});
