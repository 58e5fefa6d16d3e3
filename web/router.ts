import { createRouter, createWebHistory } from 'vue-router'
import { base } from './room.ts'

/** One address a face; each is a file of its own, fetched when it is first opened. */
export const router = createRouter({
  history: createWebHistory(base),
  routes: [
    { path: '/', redirect: '/desk' },
    { path: '/wall', name: 'wall', component: () => import('./wall/WallPage.vue') },
    { path: '/desk', name: 'desk', component: () => import('./desk/DeskPage.vue') },
    { path: '/login', name: 'login', component: () => import('./login/LoginPage.vue') },
    { path: '/report', name: 'report', component: () => import('./report/ReportPage.vue') },
    { path: '/handover', name: 'handover', component: () => import('./desk/HandoverPage.vue') },
    { path: '/evaluation', name: 'evaluation', component: () => import('./desk/EvaluationPage.vue') },
    { path: '/people', name: 'people', component: () => import('./desk/PeoplePage.vue') },
    { path: '/calendar', name: 'calendar', component: () => import('./calendar/CalendarPage.vue') },
    { path: '/:rest(.*)*', redirect: '/desk' },
  ],
})
