import type { Messages } from '../messages.ts'

export const jobs: Messages['jobs'] = {
  title: '后台任务',
  lead: '仓库按计划执行的维护任务，覆盖所有实例。',
  label: '后台任务',
  job: '任务',
  state: '状态',
  lastRun: '上次执行',
  nextRun: '下次执行',
  never: '从未',
  now: '即将执行',
  run: '立即执行',
  runJob: (name) => `立即执行：${name}`,
  states: { waiting: '等待中', running: '执行中', failed: '失败' },
  progress: (percent) => `执行中，${percent}%`,
  attempts: (number) => `连续失败 ${number} 次`,
  names: {
    'garbage-collection': '垃圾回收',
    'orphan-sweep': '孤立文件清理',
    'audit-pruning': '审计日志清理',
    'blob-scrub': '完整性检查',
  },
  purposes: {
    'garbage-collection': '24 小时后清理已删除的内容和未完成的上传。',
    'orphan-sweep': '查找上传中断后遗留的文件。',
    'audit-pruning': '清理超过保留天数的审计事件。',
    'blob-scrub': '将存储的全部内容与其摘要比对。',
  },
}
